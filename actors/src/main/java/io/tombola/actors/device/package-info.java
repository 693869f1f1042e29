/** Devices, the trainers that own them, and the pool that lends them out. */
package io.tombola.actors.device;
