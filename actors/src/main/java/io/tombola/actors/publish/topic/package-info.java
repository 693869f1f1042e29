/** Topics of a cluster: creating them, checking their configuration, reading them. */
package io.tombola.actors.publish.topic;
