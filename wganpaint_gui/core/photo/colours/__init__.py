"""Colours: profiles, and the conversion between what they mean and sRGB."""
