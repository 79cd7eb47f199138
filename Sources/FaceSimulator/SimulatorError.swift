// SPDX-License-Identifier: Apache-2.0

/// Why a simulator could not start.
public struct SimulatorError: Error, CustomStringConvertible {
    /// One sentence with the system's own words.
    public let description: String
}
