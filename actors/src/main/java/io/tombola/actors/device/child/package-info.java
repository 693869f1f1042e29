/** A trainer in a process of its own, and the messages between it and its parent. */
package io.tombola.actors.device.child;
