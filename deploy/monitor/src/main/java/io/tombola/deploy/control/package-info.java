/**
 * Orders that a user gives to a campaign, from any process on the store's machine: the process that
 * works on it carries them out, or the giver enters them into the journal where there is none.
 */
package io.tombola.deploy.control;
