"""Speed, as a ratio to a bare scan for numeral characters over the same texts in the same process."""
