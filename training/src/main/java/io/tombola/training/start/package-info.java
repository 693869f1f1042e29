/** Where each arm of a round starts: the rewound ticket and its controls. */
package io.tombola.training.start;
