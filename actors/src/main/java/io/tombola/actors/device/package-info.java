/** Devices, the trainers that own them, and the pool that leases them. */
package io.tombola.actors.device;
