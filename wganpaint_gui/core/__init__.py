"""Everything that needs neither Qt nor torch: photos, masks, frames, settings, errors."""
