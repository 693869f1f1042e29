/**
 * Deterministic simulation: the real actors on one thread, with simulated time, journal and engine,
 * under faults drawn from a seed. The same seed gives the same steps, always.
 */
package io.tombola.actors.simulation;
