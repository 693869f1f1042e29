/** The lock that lets one process at a time write to a store. */
package io.tombola.storage.lock;
