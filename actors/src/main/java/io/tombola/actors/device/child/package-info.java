/** A trainer in a process of its own, and what it and its parent say to each other. */
package io.tombola.actors.device.child;
