/** The binary form of weights, masks and checkpoints: little-endian, versioned, checksummed. */
package io.tombola.training.codec;
