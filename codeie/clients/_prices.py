"""What calls cost in money, where that is known."""

from __future__ import annotations

from codeie.clients._extras import require_extra
from codeie.clients._protocol import Usage

__all__ = ["BATCHED", "cost_of"]

BATCHED = "batch:"
"""Before the name of a client whose provider is asked in batches, which cost half."""


def cost_of(usage: Usage, name: str) -> float | None:
    """What tokens cost with a model, in US dollars, by the prices that genai-prices knows.

    No network is used. Prices are those of the provider's own servers: what a compatible
    server costs is not known, and neither is what a model costs that the package does not have.

    Args:
        usage: The tokens.
        name: The client's name, such as ``"openai/gpt-5"``.

    Raises:
        MissingExtra: If genai-prices is not installed.
    """
    if name.startswith(BATCHED):
        whole = cost_of(usage, name.removeprefix(BATCHED))
        return None if whole is None else whole / 2  # of either provider
    provider, _, model = name.partition("/")
    if provider not in ("openai", "anthropic"):
        return None
    require_extra("prices")
    from genai_prices import Usage as Tokens
    from genai_prices import calc_price

    tokens = Tokens(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cached_tokens,
    )
    try:
        return float(calc_price(tokens, model_ref=model, provider_id=provider).total_price)
    except LookupError:
        return None
