/**
 * The workers of a round besides training. Each step is a pure function of artifacts named by hash:
 * repeated after a crash, it produces the same artifacts.
 */
package io.tombola.actors.round;
