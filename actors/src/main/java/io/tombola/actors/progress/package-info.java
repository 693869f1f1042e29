/** Live news of a running campaign, for people to look at; losing some costs nothing. */
package io.tombola.actors.progress;
