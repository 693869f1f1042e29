/**
 * The engine for dense weights: forward and backward passes of our own on ND4J's buffers. Campaigns
 * and results call it {@code dl4j}. Matrix products and convolutions run on oneDNN where the
 * processor is an x86, elsewhere on ND4J's BLAS; everything element-wise is plain Java on heap
 * arrays, which the JIT compiler turns into vector code and which rounds the same on every machine.
 * DL4J's own network, built from the same configuration, computes the same: tests compare both.
 *
 * <p>{@code nd4j} has the matrices, {@code onednn} the convolutions of x86 processors, {@code dl4j}
 * what is exported for DL4J. No type of these libraries leaves this package and those below it.
 */
package io.tombola.training.engine.dense;
