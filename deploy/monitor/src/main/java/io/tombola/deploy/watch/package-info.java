/** The full-screen view of a store in a terminal. */
package io.tombola.deploy.watch;
