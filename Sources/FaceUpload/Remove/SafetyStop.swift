// SPDX-License-Identifier: Apache-2.0

/// A guard stopped the job before anything was changed (design rule 5).
public struct SafetyStop: Error, Sendable, CustomStringConvertible {
    /// Which guard, what it found, and what to do, in one sentence.
    public var message: String

    package init(message: String) {
        self.message = message
    }

    /// The sentence for a person.
    public var description: String { message }
}
