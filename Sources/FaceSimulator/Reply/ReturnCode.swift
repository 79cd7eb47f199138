// SPDX-License-Identifier: Apache-2.0

/// A code of the device's appendix A.
struct ReturnCode: RawRepresentable, Hashable, Sendable {
    let rawValue: Int

    static let success = Self(rawValue: 0)
    static let unknownError = Self(rawValue: -1)
    static let noData = Self(rawValue: -105)
    static let userUnknown = Self(rawValue: -108)
    static let cameraUnknown = Self(rawValue: -109)
    static let libraryEmpty = Self(rawValue: -110)
    static let wrongPassword = Self(rawValue: -113)
    static let pictureExists = Self(rawValue: -116)
    static let libraryMissing = Self(rawValue: -117)
    static let tooManyLibraries = Self(rawValue: -118)
    static let libraryExists = Self(rawValue: -119)
    static let tooManyImages = Self(rawValue: -122)
    static let libraryBound = Self(rawValue: -123)
    static let portraitMissing = Self(rawValue: -126)
    static let noPermission = Self(rawValue: -140)
    static let notLoggedIn = Self(rawValue: -141)
    static let imgIDExists = Self(rawValue: -1100)
    static let noFace = Self(rawValue: -1101)
    static let lowQuality = Self(rawValue: -1102)
    static let brokenImage = Self(rawValue: -1104)
    static let severalFaces = Self(rawValue: -1109)
    static let imageTooLarge = Self(rawValue: -1110)
    static let nothingToExport = Self(rawValue: -2100)
    static let imgIDTooLong = Self(rawValue: -2754)
    static let internalError = Self(rawValue: -3524)
    static let parameter = Self(rawValue: -3596)
    static let message = Self(rawValue: -3599)

    /// The short English text that `msg` carries on failure (G8).
    var text: String { Self.texts[self] ?? "error \(rawValue)" }

    private static let texts: [Self: String] = [
        .success: "",
        .unknownError: "unknown error",
        .noData: "data does not exist",
        .userUnknown: "user does not exist",
        .cameraUnknown: "camera does not exist",
        .libraryEmpty: "no face image in the library",
        .wrongPassword: "user name or password wrong",
        .pictureExists: "the face image already exists",
        .libraryMissing: "the face library does not exist",
        .tooManyLibraries: "number of face libraries at its limit",
        .libraryExists: "the face library already exists",
        .tooManyImages: "number of images at its limit",
        .libraryBound: "library is bound to a camera",
        .portraitMissing: "no such face image in the library",
        .noPermission: "user lacks permission for the operation",
        .notLoggedIn: "user not logged in",
        .imgIDExists: "img_id exists",
        .noFace: "no face found",
        .lowQuality: "face image quality too low",
        .brokenImage: "wrong image format or broken image",
        .severalFaces: "several faces in the image",
        .imageTooLarge: "image size beyond the limit",
        .nothingToExport: "no data to export",
        .imgIDTooLong: "img_id too long",
        .internalError: "internal system error",
        .parameter: "parameter input error",
        .message: "msg_id error",
    ]
}

/// A refusal: the code that the reply carries, and its data where there is some.
struct DeviceFault: Error {
    var code: ReturnCode
    var data: ReplyValue?

    init(_ code: ReturnCode, data: ReplyValue? = nil) {
        self.code = code
        self.data = data
    }
}
