/**
 * Convolutions by oneDNN (github.com/uxlfoundation/oneDNN), bound through JavaCPP: layouts,
 * primitives and their streams. Buffers are addresses that the caller owns.
 */
package io.tombola.training.engine.dense.onednn;
