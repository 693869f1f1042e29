/**
 * The port between the science and what computes it: an engine trains on one device; engines are
 * found on the class path.
 */
package io.tombola.training.engine;
