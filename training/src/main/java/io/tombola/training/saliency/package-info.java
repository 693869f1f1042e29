/**
 * What each weight is worth before training: SNIP, GraSP and synaptic flow, on a plain
 * double-precision forward and backward pass that is exact but made for few examples.
 */
package io.tombola.training.saliency;
