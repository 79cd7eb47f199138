// SPDX-License-Identifier: Apache-2.0
import FaceTransport

extension HTTPDevice {
    /// The device's own view of a face, without enrolment (779).
    public func detectFace(in image: OutgoingImage) async throws -> FaceDetection {
        var message = MessageWriter(.detectFace)
        message.image("img", image, fileName: "face.\(image.fileExtension)")
        let reply = try await success(
            .detectFace,
            message.finish(),
            limits: .upload(bytes: image.bytes.count, images: 1)
        )
        guard
            let quality = reply.data["quality"]?.integer
                ?? reply.data["quality"]?.text.flatMap(Double.init).map({ Int($0) })
        else { throw malformed(.detectFace, "no quality") }
        return FaceDetection(quality: quality, box: reply.data.text(of: "coordinate"))
    }

    /// How many faces the device sees in a picture (782); none is a count, not an error.
    public func countFaces(in image: OutgoingImage) async throws -> Int {
        let form = [
            MultipartPart("msg_id", .text(Message.countFaces.id)),
            MultipartPart(
                "img",
                .file(name: "face.\(image.fileExtension)", contentType: image.contentType, bytes: image.bytes)
            ),
        ]
        let reply = try await exchange(
            .countFaces,
            .multipart(form),
            limits: .upload(bytes: image.bytes.count, images: 1)
        )
        if reply.code == -1101 { return 0 }
        guard reply.code == 0 else { throw refusal(of: .countFaces, reply) }
        guard let faces = reply.data.elements ?? reply.data["record"]?.elements ?? reply.data.emptyList else {
            throw malformed(.countFaces, "no list of faces")
        }
        return faces.count
    }
}
