"""Answers decided by likelihoods, for models too small to write them."""

from codeie.decoding._score import DECODER, Deciding, can_decide, propose_and_score

__all__ = ["DECODER", "Deciding", "can_decide", "propose_and_score"]
