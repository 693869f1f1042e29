/**
 * Matrices in the memory of ND4J's backend, their products, and what that backend says of itself.
 */
package io.tombola.training.engine.dense.nd4j;
