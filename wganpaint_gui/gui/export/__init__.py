"""What leaves the window besides the photo itself: exports, and filled folders."""
