/**
 * One campaign: the persistent actor that starts a supervisor for each replicate, and its users.
 */
package io.tombola.actors.campaign;
