/** Every random number of a campaign: independent named streams, the same on every JDK. */
package io.tombola.training.seed;
