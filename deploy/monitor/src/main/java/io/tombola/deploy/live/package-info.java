/**
 * What people who watch a store see of its campaigns, read from its journal and from the file in
 * which a running process says what it does. Reading never disturbs a run.
 */
package io.tombola.deploy.live;
