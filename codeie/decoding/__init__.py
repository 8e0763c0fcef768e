"""Answers decided by likelihoods, for models too small to write them."""

from codeie.decoding._score import DECODER, can_decide, propose_and_score

__all__ = ["DECODER", "can_decide", "propose_and_score"]
