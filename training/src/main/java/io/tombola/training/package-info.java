/**
 * The science of a campaign without its actors: one training from its start to its learning curve,
 * resumable at any checkpoint with the same bytes.
 */
package io.tombola.training;
