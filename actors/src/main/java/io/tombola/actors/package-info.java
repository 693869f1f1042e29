/** The pipeline that runs a campaign: its entry is {@link io.tombola.actors.Pipeline}. */
package io.tombola.actors;
