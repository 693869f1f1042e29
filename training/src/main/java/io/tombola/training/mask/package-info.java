/**
 * Masks and where they come from: the sparsity schedule, pruning by scores, and random controls.
 */
package io.tombola.training.mask;
