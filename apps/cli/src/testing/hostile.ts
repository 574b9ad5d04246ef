/** Clears the screen, renames the window, turns text around: what no outside text may do to a terminal. */
export const HOSTILE = 'a\u001b[2J\u001b]0;owned\u0007b\u009b31mc\u202ed\r\u0008e';

/** Control characters but line breaks, C1 and direction marks included. */
export const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
