/** Best-effort publishing of progress: what the cluster does not take in time is dropped. */
package io.tombola.actors.publish.progress;
