/** The persistent actors: one for the campaign, one for each replicate. */
package io.tombola.actors.campaign;
