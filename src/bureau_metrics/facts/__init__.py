"""Quantities and catalogue to facts: one sentence at a time, each step a module of its own."""
