/** Masks and where they come from: the ladder, pruning by scores, and random controls. */
package io.tombola.training.mask;
