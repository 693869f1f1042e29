/** Masks and where they come from: magnitude pruning and the random control. */
package io.tombola.training.mask;
