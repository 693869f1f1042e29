/** Content-addressed storage of immutable files: masks, weights, checkpoints. */
package io.tombola.storage.artifact;
