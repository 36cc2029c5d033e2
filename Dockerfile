# One static binary and nothing else: no shell, no git, so no --changed-since.
#   docker build -t cosmoslint .
#   docker run --rm --network none -v "$PWD:/work:ro" cosmoslint
FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /cosmoslint ./cmd/cosmoslint

FROM scratch
COPY --from=build /cosmoslint /cosmoslint
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/cosmoslint"]
