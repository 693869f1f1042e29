/**
 * One replicate: the persistent supervisor, its plan, the steps in flight and the devices it
 * leases.
 */
package io.tombola.actors.replicate;
