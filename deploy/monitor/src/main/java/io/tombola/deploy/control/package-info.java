/**
 * Control commands (pause, resume, cancel) from any process on the store's machine. The process
 * that runs the campaign executes them; if none does, the sender appends the event to the journal.
 */
package io.tombola.deploy.control;
