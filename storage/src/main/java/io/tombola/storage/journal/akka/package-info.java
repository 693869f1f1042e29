/**
 * Akka Persistence plug-ins for the journal and its snapshots, with the serializers and the
 * configuration of an actor system that uses them.
 */
package io.tombola.storage.journal.akka;
