/**
 * The workers of a round besides training. Each step is a pure function of artifacts named by hash:
 * done again after a crash, it gives the same artifacts.
 */
package io.tombola.actors.round;
