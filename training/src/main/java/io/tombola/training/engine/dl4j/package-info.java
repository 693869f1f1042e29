/**
 * The engine on DL4J and ND4J. Matrix products and convolutions run on oneDNN where the processor
 * is an x86, elsewhere on ND4J's BLAS; everything element-wise is plain Java on heap arrays, which
 * the JIT compiler turns into vector code and which rounds the same on every machine. Every network
 * has a DL4J configuration, whose own network computes the same: tests hold both together. No DL4J
 * or ND4J type leaves this package.
 */
package io.tombola.training.engine.dl4j;
