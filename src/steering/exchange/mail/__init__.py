"""Mails that tell units what is new and due: their settings, their words, and how they are handed over."""
