// SPDX-License-Identifier: Apache-2.0

/// A password or passphrase that never prints itself.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The secret itself, for the one place that sends it.
    public let revealed: String

    /// Wraps a secret.
    ///
    /// - Parameter text: The secret, without the newline that files end with.
    public init(_ text: String) { revealed = text }

    /// Dots, whatever the secret is.
    public var description: String { "••••" }
    /// Dots, whatever the secret is.
    public var debugDescription: String { description }
}
