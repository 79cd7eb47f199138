// SPDX-License-Identifier: Apache-2.0

extension Reason {
    /// The reason behind a device's code for one portrait (interface, appendix A and "Which code for
    /// which situation").
    ///
    /// - Parameter code: A code other than 0.
    public init(deviceCode code: Int) {
        self =
            switch code {
            case -2754: .imgIDLength
            case -1100, -116: .imgIDTaken
            case -1104: .imageFormat
            case -1110: .imageTooLarge
            case -1102: .qualityLow
            case -1101: .faceNone
            case -1109: .faceMany
            case -122: .libraryFull
            case -117, -1105, -1108: .libraryMissing
            default: .deviceRefused
            }
    }
}
