/** Live progress of a running campaign, for display; messages may be lost. */
package io.tombola.actors.progress;
