// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// Who judges the pictures before they are sent, besides facelib itself.
enum Precheck: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// The device that shall store them, by its own face detection.
    case device
}
