/**
 * A network as DL4J's own MultiLayerNetwork: its configuration, where each parameter goes, and the
 * file that DL4J restores it from. No training here runs on it; tests compare the engine with it.
 */
package io.tombola.training.engine.dense.dl4j;
