/** What can go wrong in a step, and what is done about it. */
package io.tombola.actors.failure;
