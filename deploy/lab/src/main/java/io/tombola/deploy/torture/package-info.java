/**
 * Fault injection: runs a campaign under seeded faults and compares it with an uninterrupted run.
 */
package io.tombola.deploy.torture;
